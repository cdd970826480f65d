package dev.corsac.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, as the jar of this platform has them. */
final class Binaries {
  private Binaries() {}

  static void unpack(Path folder) throws IOException {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String name = "/postgres-" + system + "-" + machine + ".txz";
    try (InputStream jar = Binaries.class.getResourceAsStream(name)) {
      if (jar == null) {
        throw new IOException("no PostgreSQL for this platform: " + name);
      }
      try (TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(jar))) {
        for (TarArchiveEntry entry = archive.getNextEntry();
            entry != null;
            entry = archive.getNextEntry()) {
          unpack(archive, entry, folder);
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("outside of the folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(archive, target);
    if ((entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> all = EnumSet.copyOf(Files.getPosixFilePermissions(target));
      all.add(PosixFilePermission.OWNER_EXECUTE);
      all.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(target, all);
    }
  }
}
