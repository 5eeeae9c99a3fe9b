/** Tests handlers without a container and without a socket. */
module io.github.upgradehandler.testkit {
  requires transitive io.github.upgradehandler;
  requires static org.jspecify;

  exports io.github.upgradehandler.testkit;
}
