package dev.corsac.attacks.http;

import java.util.List;

/**
 * One HTTP message as it was read. Text stands for bytes, one character for one byte (ISO-8859-1).
 *
 * @param first the request line or the status line
 * @param body the content, without its framing
 */
public record Message(String first, List<Field> fields, String body) {

  /** One header line, its value without the white space around it. */
  record Field(String name, String value) {}

  public String method() {
    return first.substring(0, first.indexOf(' '));
  }

  public String target() {
    return first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' '));
  }

  /** Of a status line. */
  public int status() {
    return Integer.parseInt(first.substring(9, 12));
  }

  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }
}
