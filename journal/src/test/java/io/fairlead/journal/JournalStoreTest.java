package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class JournalStoreTest {

  @TempDir private Path directory;

  @Test
  void aFailureThatRolledBackByItselfIsStillTheOneThatIsTold() throws Exception {
    Path file = directory.resolve("journal.db");
    try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties())) {
      JournalSchema.prepare(connection, file);
      JournalStore store = new JournalStore(connection);

      assertThatThrownBy(
              () ->
                  store.transaction(
                      () -> {
                        try (Statement statement = connection.createStatement()) {
                          statement.execute("ROLLBACK");
                        }
                        throw new SQLException("the disk is full");
                      }))
          .hasMessage("the disk is full");
    }
  }
}
