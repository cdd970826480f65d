package dev.corsac.browser;

import java.util.List;

/** placeholder. */
public sealed interface Outcome {
  List<Exchange> transcript();
  List<String> warnings();

  record Loaded(Response response, boolean redirected, List<String> warnings, List<Exchange> transcript) implements Outcome {}
  record Blocked(Block block, List<String> warnings, List<Exchange> transcript) implements Outcome {}
  record Thrown(String name, String message, List<String> warnings, List<Exchange> transcript) implements Outcome {}
}
