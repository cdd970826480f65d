package dev.corsac.attacks;

import java.util.List;

/**
 * One HTTP message as it was read. Text stands for bytes, one character for one byte (ISO-8859-1).
 *
 * @param first the request line or the status line
 * @param body the content, without its framing
 */
record Message(String first, List<Field> fields, String body) {

  /** One header line, its value without the white space around it. */
  record Field(String name, String value) {}

  String method() {
    return first.substring(0, first.indexOf(' '));
  }

  String target() {
    return first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' '));
  }

  /** Of a status line. */
  int status() {
    return Integer.parseInt(first.substring(9, 12));
  }

  List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }
}
