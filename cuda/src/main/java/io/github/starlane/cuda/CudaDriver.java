package io.github.starlane.cuda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * The NVIDIA driver, asked once: a library that failed to load fails differently when asked again,
 * so the first answer is kept.
 */
final class CudaDriver {

  /**
   * What the driver said.
   *
   * @param devices one line each, e.g. "NVIDIA H200 (compute capability 9.0, driver for CUDA 12.4)"
   * @param problem why there are none and what would mend it; empty if there are some
   */
  record State(List<String> devices, String problem) {}

  private static final int LONGEST_NAME = 256;
  private static final CudaDriver SHARED = new CudaDriver(CudaDriver::ask);

  private final Supplier<State> question;
  private State answer;

  CudaDriver(Supplier<State> question) {
    this.question = question;
  }

  /** The driver of this machine. */
  static CudaDriver shared() {
    return SHARED;
  }

  /** What the driver says; never throws. */
  synchronized State state() {
    if (answer == null) {
      answer = guarded();
    }
    return answer;
  }

  private State guarded() {
    try {
      return question.get();
    } catch (LinkageError e) {
      return nothing(
          "no NVIDIA driver is installed (libcuda cannot be loaded); with an NVIDIA card, install"
              + " its driver");
    } catch (RuntimeException e) {
      return nothing("the NVIDIA driver does not answer: " + e.getMessage());
    }
  }

  private static State nothing(String problem) {
    return new State(List.of(), problem);
  }

  private static State ask() {
    int initialised = JCudaDriver.cuInit(0);
    if (initialised != CUresult.CUDA_SUCCESS) {
      return nothing("the NVIDIA driver cannot be initialised: " + CUresult.stringFor(initialised));
    }
    int[] count = new int[1];
    JCudaDriver.cuDeviceGetCount(count);
    List<String> devices = new ArrayList<>();
    for (int ordinal = 0; ordinal < count[0]; ordinal++) {
      devices.add(describe(ordinal));
    }
    return new State(
        devices,
        devices.isEmpty()
            ? "the NVIDIA driver sees no device; look at nvidia-smi and CUDA_VISIBLE_DEVICES"
            : "");
  }

  private static String describe(int ordinal) {
    CUdevice device = new CUdevice();
    JCudaDriver.cuDeviceGet(device, ordinal);
    byte[] name = new byte[LONGEST_NAME];
    JCudaDriver.cuDeviceGetName(name, name.length, device);
    int[] major = new int[1];
    int[] minor = new int[1];
    JCudaDriver.cuDeviceGetAttribute(
        major,
        jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR,
        device);
    JCudaDriver.cuDeviceGetAttribute(
        minor,
        jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR,
        device);
    int[] driver = new int[1];
    JCudaDriver.cuDriverGetVersion(driver);
    String text = new String(name, StandardCharsets.US_ASCII);
    int end = text.indexOf('\0');
    return text.substring(0, end < 0 ? text.length() : end)
        + " (compute capability "
        + major[0]
        + "."
        + minor[0]
        + ", driver for CUDA "
        + driver[0] / 1000
        + "."
        + driver[0] % 1000 / 10
        + ")";
  }
}
