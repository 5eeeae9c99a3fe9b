/** An application that connects. */
module com.example.client {
  requires io.github.upgradehandler.client;
}
