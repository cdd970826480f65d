package dev.corsac.finding;

/**
 * How a kind of configuration writes what findings name: its keys and its variables. Thread-safe.
 *
 * @see Finding#in
 */
public interface Spelling {

  /** As {@code corsac.yaml} has it: {@code allow_origins} and <code>${NAME:-default}</code>. */
  Spelling FILE =
      new Spelling() {
        @Override
        public String key(String name) {
          return name;
        }

        @Override
        public String variable(String name, String fallback) {
          return "${" + name + ":-" + fallback + "}";
        }
      };

  /**
   * A key.
   *
   * @param name as {@code corsac.yaml} has it, such as {@code allow_origins}; or one that is
   *     unknown
   */
  String key(String name);

  /**
   * A reference to a variable with a value to use if there is none.
   *
   * @param name the variable's name
   * @param fallback that value
   */
  String variable(String name, String fallback);
}
