import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.client.WebSocketClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that has the client, the library and the JDK. */
class Alone {

  public static void main(String[] args) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocketHandler handler =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            answer.complete(text);
          }
        };
    try (WebSocketClient client = WebSocketClient.create()) {
      client.connect(args[0], handler).get(20, TimeUnit.SECONDS).sendText("alone");
      System.out.println(answer.get(20, TimeUnit.SECONDS));
    }
  }
}
