package dev.corsac.attacks.http;

import dev.corsac.attacks.http.Message.Field;
import dev.corsac.attacks.http.Reading.Malformed;
import dev.corsac.attacks.http.Reading.Unfinished;
import dev.corsac.attacks.http.Reading.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1 messages by RFC 9112, in one of two manners.
 *
 * <p>{@link #STRICT} takes what a sender may write and nothing else: so must an intermediary write.
 * {@link #TOLERANT} also takes what the standard lets a recipient take: it says which messages
 * there can be in bytes that somebody else wrote. Neither takes what the standard calls an error.
 */
public final class Http1Reader {
  public static final Http1Reader STRICT = new Http1Reader(false);
  public static final Http1Reader TOLERANT = new Http1Reader(true);

  /** Also of what nobody may write but a recipient may take (RFC 9112 section 6.2). */
  private static final int MOST_DIGITS = 18;

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
  private static final Pattern HOST =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]+\\]|([A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(:[0-9]*)?");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

  /** RFC 9110 section 5.5: other control characters may stay, safe for these. */
  private static final Pattern TOLERABLE_VALUE = Pattern.compile("[^\\n]*");

  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([\\x21\\x22\\x24-\\x7e]+) HTTP/1\\.[01]");

  /** RFC 9112 section 3: recipients may take other white space, and some around. */
  private static final String SPACE = "[ \\t\\x0b\\x0c\\r]";

  private static final Pattern TOLERABLE_REQUEST_LINE =
      Pattern.compile(
          "S*(TOKEN)S+([^ \\t\\x0b\\x0c\\r]+)S+HTTP/1\\.[0-9]S*"
              .replace("TOKEN", TOKEN.pattern())
              .replaceAll("S(?=[*+])", Matcher.quoteReplacement(SPACE)));
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2} [\\t -~\\x80-\\xff]*");
  private static final Pattern TOLERABLE_STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] [1-5][0-9]{2}( [^\\n]*)?");
  private static final Pattern CHUNK_SIZE = Pattern.compile("0*[0-9A-Fa-f]{1,8}");
  private static final Pattern TOLERABLE_CHUNK_SIZE =
      Pattern.compile("(0*[0-9A-Fa-f]{1,8})([ \\t]*;[\\t -~\\x80-\\xff]*|[ \\t]*)");

  private final boolean tolerant;

  private Http1Reader(boolean tolerant) {
    this.tolerant = tolerant;
  }

  /** Reads the request that starts at a point. */
  public Reading request(String bytes, int from) {
    return new Cursor(bytes, afterEmptyLines(bytes, from)).request();
  }

  /** RFC 9112 section 2.2: empty lines before a request line may be ignored. */
  private int afterEmptyLines(String bytes, int from) {
    int start = from;
    while (tolerant && start < bytes.length() && lineEnd(bytes, start) == start) {
      start = afterLine(bytes, start);
    }
    return start;
  }

  /**
   * Reads the response that starts at a point; an interim one is a response too.
   *
   * @param method of the request that it belongs to
   * @param closed whether nothing comes after the bytes
   */
  public Reading response(String bytes, int from, String method, boolean closed) {
    return new Cursor(bytes, from).response(method, closed);
  }

  /** The requests that follow one another, up to the first that is not there to its end. */
  public List<Message> requests(String bytes) {
    List<Message> requests = new ArrayList<>();
    int from = 0;
    while (request(bytes, from) instanceof Whole whole) {
      requests.add(whole.message());
      from = whole.end();
    }
    return requests;
  }

  /** The request behind those of {@link #requests}, if its head is there; without its content. */
  public List<Message> unfinished(String bytes) {
    int from = 0;
    while (request(bytes, from) instanceof Whole whole) {
      from = whole.end();
    }
    Cursor cursor = new Cursor(bytes, afterEmptyLines(bytes, from));
    cursor.request();
    return cursor.head ? List.of(cursor.headRead()) : List.of();
  }

  /** Where the line that starts here ends, without its line break; -1 if it does not. */
  private int lineEnd(String bytes, int from) {
    int end = bytes.indexOf(tolerant ? "\n" : "\r\n", from);
    return tolerant && end > from && bytes.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private static int afterLine(String bytes, int end) {
    return bytes.charAt(end) == '\r' ? end + 2 : end + 1;
  }

  /** What is thrown out of the depths of a message that cannot be read. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reading reading;

    Stop(Reading reading) {
      super(null, null, false, false);
      this.reading = reading;
    }
  }

  private static Stop malformed(String why) {
    return new Stop(new Malformed(why));
  }

  private final class Cursor {
    private final String bytes;
    private final List<Field> fields = new ArrayList<>();
    private String first = "";
    private int at;
    private boolean head;

    Cursor(String bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    Reading request() {
      try {
        String line = line();
        Pattern form = tolerant ? TOLERABLE_REQUEST_LINE : REQUEST_LINE;
        if (!form.matcher(line).matches()) {
          throw malformed("request line: " + line);
        }
        first = String.join(" ", line.strip().split(SPACE + "+", -1));
        fields();
        boolean old = first.endsWith("HTTP/1.0");
        checkHost(old);
        Message request = new Message(first, List.copyOf(fields), "");
        String body = chunked(request, old) ? chunks() : counted(Math.max(0, length(request)));
        return new Whole(new Message(first, request.fields(), body), at);
      } catch (Stop stop) {
        return stop.reading;
      }
    }

    Message headRead() {
      return new Message(first, List.copyOf(fields), "");
    }

    private void checkHost(boolean old) {
      List<String> hosts = new Message("", fields, "").values("Host");
      boolean count = old ? hosts.size() <= 1 : hosts.size() == 1;
      if (!count || !hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
        throw malformed("Host: " + hosts);
      }
    }

    Reading response(String method, boolean closed) {
      try {
        String line = line();
        if (!(tolerant ? TOLERABLE_STATUS_LINE : STATUS_LINE).matcher(line).matches()) {
          throw malformed("status line: " + line);
        }
        fields();
        Message response = new Message(line, List.copyOf(fields), "");
        return new Whole(
            new Message(line, response.fields(), content(response, method, closed)), at);
      } catch (Stop stop) {
        return stop.reading;
      }
    }

    private String content(Message response, String method, boolean closed) {
      int status = response.status();
      boolean empty = status < 200 || status == 204 || status == 304 || method.equals("HEAD");
      if (empty && tolerant) {
        // RFC 9112 section 6.3, first rule: whatever the header fields say.
        return "";
      }
      boolean chunked = chunked(response, response.first().startsWith("HTTP/1.0"));
      long length = length(response);
      if (empty) {
        if (status < 200 && (chunked || length >= 0)) {
          throw malformed("an interim response with a length");
        }
        return "";
      }
      if (chunked) {
        return chunks();
      }
      if (length >= 0) {
        return counted(length);
      }
      if (!closed) {
        throw new Stop(new Unfinished(true));
      }
      String rest = bytes.substring(at);
      at = bytes.length();
      return rest;
    }

    private String line() {
      int end = lineEnd(bytes, at);
      if (end < 0) {
        throw new Stop(new Unfinished(head));
      }
      String line = bytes.substring(at, end);
      at = afterLine(bytes, end);
      // RFC 9112 section 2.2: a lone CR may be taken for a space.
      return tolerant ? line.replace('\r', ' ') : line;
    }

    private void fields() {
      for (String line = line(); !line.isEmpty(); line = line()) {
        boolean fold = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (fold && tolerant && !fields.isEmpty()) {
          Field last = fields.remove(fields.size() - 1);
          fields.add(field(last.name(), (last.value() + " " + line.strip())));
          continue;
        }
        int colon = line.indexOf(':');
        if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
          throw malformed("header line: " + line);
        }
        fields.add(field(line.substring(0, colon), line.substring(colon + 1)));
      }
      head = true;
    }

    private Field field(String name, String value) {
      if (!(tolerant ? TOLERABLE_VALUE : VALUE).matcher(value).matches()) {
        throw malformed("value of " + name + ": " + value);
      }
      return new Field(name, value.replaceAll("^[ \\t]+|[ \\t]+$", ""));
    }

    private boolean chunked(Message message, boolean old) {
      List<String> codings = message.values("Transfer-Encoding");
      if (codings.isEmpty()) {
        return false;
      }
      if (old || codings.size() > 1 || !message.values("Content-Length").isEmpty()) {
        throw malformed("Transfer-Encoding where none may be: " + codings);
      }
      if (!codings.get(0).equalsIgnoreCase("chunked")) {
        throw malformed("Transfer-Encoding: " + codings.get(0));
      }
      return true;
    }

    private long length(Message message) {
      List<String> lengths = message.values("Content-Length");
      if (lengths.isEmpty()) {
        return -1;
      }
      List<String> numbers =
          tolerant ? List.of(String.join(",", lengths).split("[ \\t]*,[ \\t]*", -1)) : lengths;
      String number = numbers.get(0);
      if (!numbers.stream().allMatch(number::equals)
          || (lengths.size() > 1 && !tolerant)
          || !number.matches("[0-9]{1," + MOST_DIGITS + "}")) {
        throw malformed("Content-Length: " + lengths);
      }
      return Long.parseLong(number);
    }

    private String counted(long length) {
      if (length > bytes.length() - at) {
        throw new Stop(new Unfinished(true));
      }
      String body = bytes.substring(at, at + (int) length);
      at += (int) length;
      return body;
    }

    private String chunks() {
      StringBuilder body = new StringBuilder();
      while (true) {
        String line = strictLine();
        var size = (tolerant ? TOLERABLE_CHUNK_SIZE : CHUNK_SIZE).matcher(line);
        if (!size.matches()) {
          throw malformed("chunk size: " + line);
        }
        long length = Long.parseLong(tolerant ? size.group(1) : line, 16);
        if (length == 0) {
          int trailers = fields.size();
          fields();
          fields.subList(trailers, fields.size()).clear();
          return body.toString();
        }
        body.append(counted(length));
        if (!strictLine().isEmpty()) {
          throw malformed("no line break after a chunk");
        }
      }
    }

    /** Among chunks a lone LF ends no line: RFC 9112 section 2.2 speaks of heads only. */
    private String strictLine() {
      int end = bytes.indexOf("\r\n", at);
      int lone = bytes.indexOf('\n', at);
      if (lone >= 0 && (end < 0 || lone < end + 1)) {
        throw malformed("a lone LF among chunks");
      }
      if (end < 0) {
        throw new Stop(new Unfinished(true));
      }
      String line = bytes.substring(at, end);
      at = end + 2;
      return line;
    }
  }
}
