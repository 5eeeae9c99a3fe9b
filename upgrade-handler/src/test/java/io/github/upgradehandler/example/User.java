package io.github.upgradehandler.example;

import java.io.Serializable;
import java.security.Principal;

/** A user of an application that signs in by its own means. */
public record User(String name) implements Principal, Serializable {

  @Override
  public String getName() {
    return name;
  }
}
