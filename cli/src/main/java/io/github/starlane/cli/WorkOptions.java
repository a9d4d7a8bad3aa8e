package io.github.starlane.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a reduction is done: options of the verbs that reduce. */
final class WorkOptions {

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "Worker threads; 0, the default, takes all processors.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "What the numeric kernels run on: auto (the best that is usable, the default), simd,"
              + " scalar or cuda. 'starlane doctor' says which can be used here.")
  private String backend;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file laid over the built-in settings.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, laid over the file, as in --set crop.size=900. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--dry-run", description = "Print the plan and do nothing.")
  private boolean dryRun;

  int threads() {
    return threads;
  }

  String backend() {
    return backend;
  }

  Path config() {
    return config;
  }

  List<String> settings() {
    return List.copyOf(settings);
  }

  boolean dryRun() {
    return dryRun;
  }
}
