package io.github.starlane.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of threads; 0 stands for all processors. */
final class ThreadCount implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Told below, as a negative number is.
    }
    throw new TypeConversionException("'" + text + "' is not 0, 1, 2, …");
  }
}
