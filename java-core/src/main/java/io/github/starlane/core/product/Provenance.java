package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;

/**
 * What every product says of its making.
 *
 * @param version of the program
 * @param backend the kernels ran on
 * @param settingsHash fingerprint of all settings
 */
public record Provenance(String version, String backend, String settingsHash) {

  /** As header cards. */
  public FitsCards cards() {
    return new FitsCards()
        .put("CREATOR", "Starlane " + version, "program that wrote this file")
        .put("PIPEVER", version, "its version")
        .put("BACKEND", backend, "what its kernels ran on")
        .put("CONFHASH", settingsHash, "fingerprint of its settings");
  }
}
