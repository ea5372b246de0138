package io.fairlead.runtimes.common.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyDatabaseTest {

  @TempDir Path dir;

  private Connection owner(Path file) throws SQLException {
    Connection owner = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = owner.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("CREATE TABLE IF NOT EXISTS t (a INTEGER)");
      statement.execute("INSERT INTO t VALUES (1)");
    }
    return owner;
  }

  private static long count(ReadOnlyDatabase database) throws SQLException {
    return database.read(
        db -> {
          try (ResultSet row = db.statement("SELECT count(*) FROM t").executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Test
  void seesWhatItsOwnerWritesWithoutWritingItself() throws Exception {
    Path file = Files.createDirectories(dir.resolve("a b?c#%")).resolve("s.db");
    try (Connection owner = owner(file);
        ReadOnlyDatabase database = ReadOnlyDatabase.open(file, Duration.ofMillis(100));
        Statement statement = owner.createStatement()) {
      assertThat(count(database)).isEqualTo(1);
      long before = database.read(ReadOnlyDatabase::dataVersion);
      statement.execute("INSERT INTO t VALUES (2)");
      assertThat(count(database)).isEqualTo(2);
      assertThat(database.read(ReadOnlyDatabase::dataVersion)).isNotEqualTo(before);
      assertThat(database.columns("t")).containsExactly("a");
      assertThat(database.column("t", "b")).isEqualTo("NULL AS b");
      assertThatThrownBy(() -> database.read(db -> db.statement("DELETE FROM t").executeUpdate()))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aStoreAtRestGetsNoCompanionsAndIsOpenedAgainWhenItIsUsed() throws Exception {
    Path file = dir.resolve("s.db");
    owner(file).close();
    assertThat(Files.exists(dir.resolve("s.db-wal"))).isFalse();
    try (ReadOnlyDatabase database = ReadOnlyDatabase.open(file, Duration.ofMillis(100))) {
      assertThat(count(database)).isEqualTo(1);
      assertThat(names()).containsExactly("s.db");
      assertThat(database.isReplaced()).isFalse();
      try (Connection owner = owner(file)) {
        assertThat(owner.isClosed()).isFalse();
        assertThat(database.isReplaced()).isTrue();
      }
    }
  }

  private List<String> names() throws Exception {
    try (var files = Files.list(dir)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aStoreThatIsGoneOrAnotherOneIsReplaced() throws Exception {
    Path file = dir.resolve("s.db");
    try (Connection owner = owner(file);
        ReadOnlyDatabase database = ReadOnlyDatabase.open(file, Duration.ofMillis(100))) {
      assertThat(owner.isClosed()).isFalse();
      assertThat(database.isReplaced()).isFalse();
      Files.move(file, dir.resolve("old.db"));
      assertThat(database.isReplaced()).isTrue();
    }
  }
}
