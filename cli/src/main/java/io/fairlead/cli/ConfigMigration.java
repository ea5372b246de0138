package io.fairlead.cli;

import io.fairlead.core.observability.Migration;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Rewrites a configuration file for the current generation. */
final class ConfigMigration {

  private static final int MAX_BYTES = 1 << 20;
  private static final String BACKUP = ".bak";

  private final App app;

  ConfigMigration(App app) {
    this.app = app;
  }

  /** Rewrites a file: in its place, with a backup beside it, or on standard output. */
  void run(Path file, boolean inPlace, LaunchSettings settings) throws CommandFailure {
    String text = read(file);
    Migration migration = migrate(file, text);
    check(file, text, migration, settings);
    if (!migration.notes().isEmpty()) {
      Findings.show(new ValidationReport(migration.notes()), app);
    }
    if (!inPlace) {
      app.terminal().out().print(migration.text());
    } else if (!migration.text().equals(text)) {
      Path backup = replace(file, migration.text());
      tell(file + " is of generation " + Migration.TARGET + " now; " + backup + " is what it was");
    }
    if (migration.text().equals(text)) {
      tell(file + " needs no change: it is of generation " + Migration.TARGET + " already");
    }
  }

  private Migration migrate(Path file, String text) throws CommandFailure {
    try {
      return Migration.of(text, file.toString(), app.host().variables());
    } catch (Migration.UnknownShape e) {
      throw new CommandFailure(
          file + " cannot be rewritten and stays as it is: " + e.getMessage(), e);
    }
  }

  /** What the new generation refuses must not replace what the old one accepted. */
  private void check(Path file, String text, Migration migration, LaunchSettings settings)
      throws CommandFailure {
    String name = file.toString();
    ValidationReport before = app.kernel().parse(text, name).validate(settings);
    ValidationReport after = app.kernel().parse(migration.text(), name).validate(settings);
    if (errors(after) > errors(before)) {
      Findings.show(after, app);
      throw new CommandFailure(
          file
              + " stays as it is: generation "
              + Migration.TARGET
              + " does not allow what was found (places are those of the new text)");
    }
  }

  private static long errors(ValidationReport report) {
    return report.diagnostics().stream().filter(Diagnostic::isError).count();
  }

  private static String read(Path file) throws CommandFailure {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(file + " is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CommandFailure(file + " is larger than 1 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whoever reads the file meanwhile sees the old or the new text, never a part of one. */
  private static Path replace(Path named, String text) throws CommandFailure {
    try {
      Path file = named.toRealPath();
      Path backup = file.resolveSibling(file.getFileName() + BACKUP);
      Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES);
      Path fresh = Files.createTempFile(file.getParent(), ".fairlead", null);
      try {
        Files.writeString(fresh, text);
        copyPermissions(file, fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return backup;
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          named + " stays as it is: the backup " + e.getFile() + " exists already", e);
    } catch (IOException e) {
      throw new CommandFailure(named + " cannot be replaced: " + e.getMessage(), e);
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (view != null) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }

  private void tell(String line) {
    app.terminal().err().println(line);
  }
}
