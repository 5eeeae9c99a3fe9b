module com.example.intruder {
  requires io.github.upgradehandler;
  requires jakarta.servlet;
}
