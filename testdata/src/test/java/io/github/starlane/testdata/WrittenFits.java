package io.github.starlane.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;

/** Reads with nom-tam-fits what the simulator wrote with its own code. */
final class WrittenFits {
  private WrittenFits() {}

  /** Raw numbers 0 … 65535, [row][column]. */
  static int[][] pixels(Path path) {
    try (Fits fits = new Fits(path.toFile())) {
      short[][] stored = (short[][]) fits.getHDU(0).getKernel();
      int[][] counts = new int[stored.length][stored[0].length];
      for (int y = 0; y < stored.length; y++) {
        for (int x = 0; x < stored[0].length; x++) {
          counts[y][x] = stored[y][x] + 32768;
        }
      }
      return counts;
    } catch (FitsException | IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  static Header header(Path path, int hdu) {
    try (Fits fits = new Fits(path.toFile())) {
      return fits.getHDU(hdu).getHeader();
    } catch (FitsException | IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  /** A numeric column of the table with the given EXTNAME. */
  static double[] column(Path path, String table, String name) {
    try (Fits fits = new Fits(path.toFile())) {
      for (BasicHDU<?> hdu : fits.read()) {
        if (hdu instanceof BinaryTableHDU t
            && table.equals(t.getHeader().getStringValue("EXTNAME"))) {
          Object values = t.getColumn(name);
          double[] numbers = new double[Array.getLength(values)];
          for (int i = 0; i < numbers.length; i++) {
            Object value = Array.get(values, i);
            numbers[i] = value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
          }
          return numbers;
        }
      }
      throw new IllegalStateException("no table " + table + " in " + path);
    } catch (FitsException e) {
      throw new IllegalStateException("cannot read " + path, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Verifies CHECKSUM and DATASUM of every HDU and returns how many there are. */
  static int verify(Path path) {
    try (Fits fits = new Fits(path.toFile())) {
      BasicHDU<?>[] hdus = fits.read();
      for (BasicHDU<?> hdu : hdus) {
        if (!hdu.getHeader().containsKey("CHECKSUM") || !hdu.getHeader().containsKey("DATASUM")) {
          throw new IllegalStateException("no checksum in " + path);
        }
        hdu.verifyIntegrity();
      }
      return hdus.length;
    } catch (FitsException | IOException e) {
      throw new IllegalStateException("cannot verify " + path, e);
    }
  }
}
