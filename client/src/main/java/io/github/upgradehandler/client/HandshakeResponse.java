package io.github.upgradehandler.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of a server's answer to an opening handshake. Immutable.
 *
 * @param status from 100 to 599
 * @param reason what follows the status, may be empty
 * @param headers names and values in turn, as they came
 */
public record HandshakeResponse(int status, String reason, List<String> headers) {

  /** Copies the list. */
  public HandshakeResponse {
    headers = List.copyOf(headers);
  }

  /** The values of a header, whose name's case does not matter, one for each of its lines. */
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        values.add(headers.get(i + 1));
      }
    }
    return values;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }
}
