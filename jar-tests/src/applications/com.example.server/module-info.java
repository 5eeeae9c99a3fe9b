module com.example.server {
  requires io.github.upgradehandler;
  requires java.management;
  requires java.net.http;
  requires org.eclipse.jetty.ee10.servlet;

  // The library makes a handler that an init-param names.
  exports com.example.server to
      io.github.upgradehandler;
}
