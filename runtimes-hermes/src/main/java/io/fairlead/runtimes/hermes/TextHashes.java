package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.sqlite.ReadOnlyDatabase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** SHA-256 of message texts, read in pieces so that a huge text never stands in memory whole. */
final class TextHashes {

  private static final String PIECE =
      "SELECT substr(CAST(content AS BLOB), ?, ?) FROM messages WHERE id = ?";

  private final ReadOnlyDatabase database;
  private final int pieceBytes;

  TextHashes(ReadOnlyDatabase database, int pieceBytes) {
    this.database = database;
    this.pieceBytes = pieceBytes;
  }

  /** The hash of a message's content in UTF-8, as hex. Called inside a read transaction. */
  String of(long messageId) throws SQLException {
    MessageDigest digest = sha256();
    for (long from = 1; ; from += pieceBytes) {
      byte[] piece = piece(messageId, from);
      digest.update(piece);
      if (piece.length < pieceBytes) {
        return HexFormat.of().formatHex(digest.digest());
      }
    }
  }

  private byte[] piece(long messageId, long from) throws SQLException {
    PreparedStatement query = database.statement(PIECE);
    query.setLong(1, from);
    query.setInt(2, pieceBytes);
    query.setLong(3, messageId);
    try (ResultSet row = query.executeQuery()) {
      byte[] bytes = row.next() ? row.getBytes(1) : null;
      return bytes == null ? new byte[0] : bytes;
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
