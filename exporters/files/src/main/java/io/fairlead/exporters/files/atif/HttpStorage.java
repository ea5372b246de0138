package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.exporters.files.http.HttpSender;
import io.fairlead.exporters.files.http.Remote;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A server that trajectories are posted to, with NeMo Relay's headers. */
final class HttpStorage implements Destination {

  private static final MediaType JSON = MediaType.get("application/json");

  private final String field;
  private final HttpSender sender;

  HttpStorage(String field, Remote remote) {
    this.field = field;
    this.sender = new HttpSender(remote);
  }

  @Override
  public Answer write(UUID id, String name, byte[] document) throws InterruptedException {
    Request request =
        sender
            .request()
            .header("x-nemo-relay-atif-filename", name)
            .header("x-nemo-relay-atif-session-id", id.toString())
            .post(RequestBody.create(document, JSON))
            .build();
    return sender.send(request);
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public String failure() {
    return "atif.remote_delivery_failed";
  }

  @Override
  public void close() {
    sender.close();
  }
}
