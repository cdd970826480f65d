package dev.corsac.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL on loopback, with a database of its own in a temporary folder, that can be killed
 * and started again. It runs as nobody where the tests run as root, which it refuses to do. Not
 * thread-safe.
 */
public final class Postgres implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final long LOOK_MILLIS = 50;
  private static final String NOBODY = "nobody";

  private final Path folder;
  private final int port;
  private final boolean root;
  private @Nullable Process process;

  private Postgres(Path folder, int port, boolean root) {
    this.folder = folder;
    this.port = port;
    this.root = root;
  }

  /** Unpacks, initialises and starts one. */
  public static Postgres start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("corsac-postgres").toRealPath();
    Binaries.unpack(folder);
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      giveAway(folder);
    }
    Postgres postgres = new Postgres(folder, freePort(), root);
    try {
      postgres.initialise();
      postgres.resume();
      return postgres;
    } catch (IOException | InterruptedException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** Its address, for a user {@code postgres} without a password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The address of a database that is made for the caller. */
  public String newDatabase(String name) throws IOException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Ends it at once, as a power cut does. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly().onExit().join();
    }
    process = null;
  }

  /** Starts it again, with the data and on the port that it had. */
  public void resume() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() - deadline < 0) {
      Process started =
          run(
              "bin/postgres",
              "-D",
              folder.resolve("data").toString(),
              "-p",
              String.valueOf(port),
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "unix_socket_directories=",
              "-c",
              "fsync=off",
              "-c",
              "max_wal_size=256MB");
      process = started;
      while (started.isAlive() && System.nanoTime() - deadline < 0) {
        if (answers()) {
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      // What a kill left behind is gone in a moment.
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IOException("PostgreSQL did not start: " + Files.readString(log()));
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        Connection connection =
            DriverManager.getConnection(url() + "?user=postgres&connectTimeout=5")) {
      return socket.isConnected() && connection.isValid(5);
    } catch (IOException | SQLException e) {
      return false;
    }
  }

  private void initialise() throws IOException, InterruptedException {
    Process made =
        run(
            "bin/initdb",
            "-D",
            folder.resolve("data").toString(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync");
    if (made.waitFor() != 0) {
      throw new IOException("initdb failed: " + Files.readString(log()));
    }
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups"));
    }
    command.add(folder.resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private static void giveAway(Path folder) throws IOException {
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        Files.setOwner(each, nobody);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
