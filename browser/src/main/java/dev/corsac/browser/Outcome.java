package dev.corsac.browser;

import java.util.List;

/** placeholder. */
public sealed interface Outcome {
  List<Exchange> transcript();

  record Loaded(Response response, boolean redirected, List<Exchange> transcript) implements Outcome {}
  record Blocked(Block block, List<Exchange> transcript) implements Outcome {}
  record Thrown(String name, String message, List<Exchange> transcript) implements Outcome {}
}
