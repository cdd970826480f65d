package dev.corsac.cli.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** An event as one line of JSON, all of it printable ASCII. */
final class JsonLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonLine() {}

  /**
   * Writes an event.
   *
   * @param message left out of an event that has fields, which say the same
   */
  static String of(
      String time,
      Level level,
      String logger,
      String message,
      @Nullable List<KeyValuePair> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", time);
      json.writeStringField("level", level.name());
      json.writeStringField("logger", logger);
      if (fields == null || fields.isEmpty()) {
        json.writeStringField("message", message);
      } else {
        for (KeyValuePair field : fields) {
          json.writeFieldName(field.key);
          write(json, field.value);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The one control character that JSON allows in a string as it is.
    return text.toString().replace("\u007f", "\\u007f");
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
