package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./corsac} finds its checkout, whatever leads to it. Its Java here prints its arguments.
 */
class ScriptTest {
  @TempDir private Path folder = Path.of("replaced by JUnit");
  private Path checkout = folder;

  @BeforeEach
  void makeCheckout() throws IOException {
    folder = folder.toRealPath();
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    Files.copy(Path.of("../corsac"), checkout.resolve("corsac"));
    Path launch = checkout.resolve("dist/src/main/archive/lib/launch.bash");
    Files.createDirectories(launch.getParent());
    Files.copy(Path.of("../dist/src/main/archive/lib/launch.bash"), launch);
    Files.createDirectories(checkout.resolve("cli/target/lib"));
    Files.createFile(checkout.resolve("cli/target/lib/other-1.jar"));
    Files.createDirectories(checkout.resolve("cli/src/main"));
    Files.createDirectories(checkout.resolve("docs"));
    Files.createFile(checkout.resolve("pom.xml"));
    Files.createFile(checkout.resolve("cli/pom.xml"));
    Files.createFile(checkout.resolve("cli/target/corsac-cli-1.jar"));
    Files.createFile(checkout.resolve("cli/target/.built"));
    Path java = Files.createDirectories(folder.resolve("a jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$1" != -version ] || { echo 'openjdk version "17.0.1"' >&2; exit; }
        printf '%s\\n' "$@"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void linksLeadToTheCheckout() throws Exception {
    Path script = checkout.resolve("corsac");
    Path bin = Files.createDirectories(folder.resolve("my bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("absolute"), script);
    Path relative =
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("../a checkout/corsac"));
    Path chained = Files.createSymbolicLink(bin.resolve("chained"), Path.of("relative"));
    Path folderLink = Files.createSymbolicLink(folder.resolve("link"), Path.of("my bin"));
    Path through = Files.createSymbolicLink(folder.resolve("through"), Path.of("link/chained"));
    for (Path each :
        new Path[] {script, absolute, relative, chained, folderLink.resolve("absolute"), through}) {
      assertThat(run(folder, each.toString())).as("%s", each).isEqualTo(command());
    }
    assertThat(run(bin, "./chained")).isEqualTo(command());
    assertThat(run(folder, "my bin/relative")).isEqualTo(command());
    assertThat(run(checkout.resolve("docs"), "../corsac")).isEqualTo(command());
  }

  private String command() {
    return """
        -XX:+ExitOnOutOfMemoryError
        -XX:TieredStopAtLevel=1
        -XX:-UsePerfData
        -XX:+UseSerialGC
        -Dof=user
        -Dalso=*
        -cp
        %1$s/cli/target/corsac-cli-1.jar:%1$s/cli/target/lib/other-1.jar
        dev.corsac.cli.Corsac
        lint
        a file
        """
        .formatted(checkout);
  }

  private String run(Path directory, String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", script, "lint", "a file")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("a jdk").toString());
    builder.environment().put("CDPATH", folder.toString());
    builder.environment().put("JAVA_OPTS", "-Dof=user");
    builder.environment().put("CORSAC_JAVA_OPTS", "-Dalso=*");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
