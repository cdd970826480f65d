package dev.corsac.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree of a text, within bounds.
 *
 * <p>It reads events rather than the library's nodes, because nodes are composed by recursion, so
 * that deep nesting ends in a stack overflow before any of our bounds is looked at.
 */
final class YamlParser {
  static final int MAX_LENGTH = 4 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_COPIED_NODES = 10_000;

  private final String text;
  private final Findings findings;
  private final Map<Anchor, Copied> anchors = new HashMap<>();
  private final Deque<Frame> open = new ArrayDeque<>();
  private int nodes;
  private int copied;
  private @Nullable Yaml root;

  private YamlParser(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
  }

  /** The tree; null if the text is empty or not fit to go on with, which is among the findings. */
  static @Nullable Yaml parse(String text, Findings findings) {
    return new YamlParser(text, findings).parse();
  }

  private @Nullable Yaml parse() {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_LENGTH).build();
    try {
      boolean ended = false;
      for (Event event : new Parse(settings).parseString(text)) {
        if (ended && event.getEventId() == Event.ID.DocumentStart) {
          throw refuse(place(event), "A second document starts here.", "Keep one document a file.");
        }
        ended |= event.getEventId() == Event.ID.DocumentEnd;
        accept(event);
      }
    } catch (Refused refused) {
      return null;
    } catch (MarkedYamlEngineException e) {
      report(e);
      return null;
    } catch (ReaderException e) {
      Place place = Place.at(Position.of(text, e.getPosition()));
      add(
          place,
          String.format("The character U+%04X is not allowed in YAML.", e.getCodePoint()),
          "Remove it.");
      return null;
    } catch (YamlEngineException e) {
      add(Place.START, "The file is not YAML: " + Escaped.printable(message(e)), "Mend it.");
      return null;
    }
    if (root == null) {
      findings.add(
          Place.START,
          FileRule.MISSING_VALUE,
          "The file is empty.",
          "Start with cors: and the allow_origins below it.");
    }
    return root;
  }

  private void accept(Event event) {
    switch (event.getEventId()) {
      case Scalar -> {
        nodes++;
        add(scalar((ScalarEvent) event), (ScalarEvent) event, 1);
      }
      case Alias -> add(alias((AliasEvent) event), (AliasEvent) event, 0);
      case SequenceStart, MappingStart -> {
        refuseTag(((CollectionStartEvent) event).getTag(), event);
        if (open.size() == MAX_DEPTH) {
          throw refuse(
              place(event), "The file is nested too deeply.", "Nest " + MAX_DEPTH + " levels.");
        }
        open.push(new Frame((CollectionStartEvent) event, nodes));
      }
      case SequenceEnd, MappingEnd -> {
        Frame frame = open.pop();
        nodes++;
        add(frame.finish(findings), frame.start, nodes - frame.nodesBefore);
      }
      default -> {}
    }
  }

  private void add(Yaml node, NodeEvent event, int size) {
    if (!(event instanceof AliasEvent)) {
      event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Copied(node, size)));
    }
    Frame parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.add(node);
    }
  }

  private Yaml scalar(ScalarEvent event) {
    refuseTag(event.getTag(), event);
    Place place = place(event);
    int shown = place.position().endColumn() - place.position().column();
    int length = event.getValue().codePointCount(0, event.getValue().length());
    boolean verbatim = event.isPlain() ? shown == length : event.isSQuoted() && shown == length + 2;
    return new Yaml.Scalar(event.getValue(), !event.isPlain(), verbatim, place);
  }

  private Yaml alias(AliasEvent event) {
    Copied original = anchors.get(event.getAlias());
    String name = "*" + event.getAlias().getValue();
    if (original == null) {
      throw refuse(
          place(event),
          Escaped.quote(name) + " refers to an anchor that is not there.",
          "Put a value that starts with * in quotes: " + Escaped.literal(name) + ".");
    }
    nodes += original.nodes;
    copied += original.nodes;
    if (copied > MAX_COPIED_NODES) {
      throw refuse(
          place(event),
          "The file grows beyond all bounds by its aliases.",
          "Write the values themselves.");
    }
    return original.node;
  }

  private void refuseTag(Optional<String> tag, Event event) {
    if (tag.isPresent()) {
      add(
          place(event),
          "The tag " + Escaped.quote(tag.get()) + " means nothing here.",
          "Remove it.");
    }
  }

  private void report(MarkedYamlEngineException e) {
    Position position =
        e.getProblemMark()
            .or(e::getContextMark)
            .map(mark -> position(mark, mark.getColumn() + 1))
            .orElse(Position.START);
    String problem = e.getProblem() == null ? message(e) : e.getProblem();
    String line = position.lineIn(text);
    add(
        Place.at(position),
        "The file is not YAML: "
            + Escaped.printable(problem.replaceFirst("\\([0-9]+\\)$", ""))
            + ".",
        SyntaxAdvice.fix(line, position.column(), problem));
  }

  private void add(Place place, String message, String fix) {
    findings.add(place, FileRule.FILE_SYNTAX, message, fix);
  }

  private Refused refuse(Place place, String message, String fix) {
    add(place, message, fix);
    return new Refused();
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Place place(Event event) {
    Mark start = event.getStartMark().orElse(null);
    Mark end = event.getEndMark().orElse(null);
    if (start == null || end == null) {
      return Place.START;
    }
    boolean text = event.getEventId() == Event.ID.Scalar || event.getEventId() == Event.ID.Alias;
    boolean oneLine = text && end.getLine() == start.getLine();
    return Place.at(position(start, (oneLine ? end : start).getColumn() + 1));
  }

  private static Position position(Mark mark, int endColumn) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1, endColumn);
  }

  private record Copied(Yaml node, int nodes) {}

  /** A collection that is being read. */
  private static final class Frame {
    final CollectionStartEvent start;
    final int nodesBefore;
    private final List<Yaml> nodes = new ArrayList<>();

    Frame(CollectionStartEvent start, int nodesBefore) {
      this.start = start;
      this.nodesBefore = nodesBefore;
    }

    void add(Yaml node) {
      nodes.add(node);
    }

    Yaml finish(Findings findings) {
      return start instanceof MappingStartEvent
          ? mapping(findings)
          : new Yaml.Sequence(List.copyOf(nodes), place(start));
    }

    private Yaml.Mapping mapping(Findings findings) {
      Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
      for (int i = 0; i + 1 < nodes.size(); i += 2) {
        if (!(nodes.get(i) instanceof Yaml.Scalar key)) {
          findings.add(
              nodes.get(i).place(), FileRule.FILE_SYNTAX, "A key is a word.", "Write key: value.");
          continue;
        }
        Yaml.Entry first = entries.putIfAbsent(key.text(), new Yaml.Entry(key, nodes.get(i + 1)));
        if (first != null) {
          findings.add(
              key.place(),
              FileRule.DUPLICATE_KEY,
              Escaped.quote(key.text())
                  + " stands here for the second time; the first is on line "
                  + first.key().place().position().line()
                  + ".",
              "Remove one of the two.");
        }
      }
      return new Yaml.Mapping(List.copyOf(entries.values()), place(start));
    }
  }

  /** Ends the reading of a file whose problem is among the findings. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super(null, null, false, false);
    }
  }
}
