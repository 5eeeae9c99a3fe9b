module com.example.unit {
  requires io.github.upgradehandler.testkit;
}
