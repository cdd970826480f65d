package dev.corsac.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The kinds of sets of origins that are measured. */
public enum OriginShape {
  /** As customers have them. */
  EXACT {
    @Override
    String entry(int i) {
      return "https://app" + i + ".example.com";
    }
  },
  /** One pattern each. */
  PATTERNS {
    @Override
    String entry(int i) {
      return "https://*.app" + i + ".example.com";
    }

    @Override
    String asked(int i) {
      return "https://shop.app" + i + ".example.com";
    }
  },
  /** A long beginning and a long end in common. */
  SHARED {
    @Override
    String entry(int i) {
      return "https://" + "beginning-".repeat(5) + i + ".end".repeat(20) + ".example.com";
    }
  },
  /** One and the same {@code String.hashCode}: each bit of the number is one of two pairs. */
  COLLIDING {
    @Override
    String entry(int i) {
      StringBuilder entry = new StringBuilder("https://");
      for (int bit = 1 << 23; bit > 0; bit >>= 1) {
        entry.append((i & bit) == 0 ? "aw" : "c9");
      }
      return entry.append(".example.com").toString();
    }
  };

  abstract String entry(int i);

  /** An origin that an entry allows. */
  String asked(int i) {
    return entry(i);
  }

  List<String> entries(int size) {
    List<String> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(entry(i));
    }
    return entries;
  }
}
