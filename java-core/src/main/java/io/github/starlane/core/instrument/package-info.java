/**
 * What is known of cameras: profiles written in YAML say how a frame is recognised, where its
 * header keeps what, and which constants hold where the header is silent. A new camera needs a YAML
 * file and no code.
 */
package io.github.starlane.core.instrument;
