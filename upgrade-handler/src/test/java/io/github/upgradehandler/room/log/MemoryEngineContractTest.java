package io.github.upgradehandler.room.log;

class MemoryEngineContractTest extends EngineContract {

  @Override
  protected Engine engine() {
    return Engine.inMemory();
  }

  @Override
  protected String room() {
    return "room";
  }
}
