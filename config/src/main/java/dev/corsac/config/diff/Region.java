package dev.corsac.config.diff;

/**
 * Requests that fall under one route of each configuration.
 *
 * @param host the host as routes have it; empty if no route asks for it
 * @param before the path of the old configuration's route; empty for what no route takes
 * @param after that of the new one's
 */
public record Region(String host, String before, String after) {
  private static final String REST = "all other paths";

  /** In words, such as {@code /api/** on api.example.com}. */
  public String words() {
    String path = after.isEmpty() ? before : after;
    String other = path.equals(before) ? after : before;
    StringBuilder words = new StringBuilder(path.isEmpty() ? REST : path);
    if (!host.isEmpty()) {
      words.append(" on ").append(host);
    }
    if (!before.equals(after)) {
      words.append(path.equals(before) ? " (new: " : " (old: ");
      words.append(other.isEmpty() ? REST : other).append(")");
    }
    return words.toString();
  }
}
