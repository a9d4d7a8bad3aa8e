package io.github.starlane.core.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes {@code metrics.json}. */
public final class MetricsFile {

  /** Usual name of the file in an output folder. */
  public static final String NAME = "metrics.json";

  private static final ObjectMapper MAPPER = mapper();

  private MetricsFile() {}

  /**
   * Writes the data, atomically: to a temporary name in the same folder, then renamed.
   *
   * @throws StarlaneException (resource) if the file cannot be written
   */
  public static void write(ReportData data, Path file) {
    AtomicFile.write(file, out -> MAPPER.writeValue(out, data));
  }

  /**
   * Reads a file that {@link #write} wrote. Unknown fields are passed over; missing numbers are
   * NaN.
   *
   * @throws StarlaneException (unreadable input) if it is missing or no such file; (conflict) if it
   *     follows another schema
   */
  public static ReportData read(Path file) {
    JsonNode tree = parse(file);
    int schema = tree.path("schemaVersion").asInt(-1);
    if (schema != ReportData.SCHEMA_VERSION) {
      throw new StarlaneException(
          ExitCode.CONFLICT,
          "cannot use the metrics",
          file.toString(),
          schema < 0
              ? "it has no schemaVersion"
              : "its schema is version "
                  + schema
                  + ", this program reads "
                  + ReportData.SCHEMA_VERSION,
          "reduce again with this version of the program");
    }
    try {
      return MAPPER.treeToValue(tree, ReportData.class);
    } catch (JsonProcessingException e) {
      throw unreadable(file, e.getOriginalMessage(), e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw unreadable(file, "it is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      String why = Files.exists(file) ? e.getMessage() : "there is no such file";
      throw unreadable(file, why, e);
    }
  }

  private static StarlaneException unreadable(Path file, String why, Exception cause) {
    return new StarlaneException(
        ExitCode.UNREADABLE_INPUT,
        "cannot read the metrics",
        file.toString(),
        why,
        "name the output folder of a finished reduction",
        cause);
  }

  private static ObjectMapper mapper() {
    SimpleModule numbers = new SimpleModule("NaN is null");
    numbers.addSerializer(Double.class, new NanAsNull());
    numbers.addSerializer(double.class, new NanAsNull());
    numbers.addDeserializer(Double.class, new NullAsNan());
    numbers.addDeserializer(double.class, new NullAsNan());
    return JsonMapper.builder()
        .addModule(numbers)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  private static final class NanAsNull extends StdScalarSerializer<Double> {
    private static final long serialVersionUID = 1L;

    NanAsNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  private static final class NullAsNan extends StdScalarDeserializer<Double> {
    private static final long serialVersionUID = 1L;

    NullAsNan() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
