package com.example.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

@ApplicationScoped
public class Greetings {

  @Inject private Visit visit; // is @RequestScoped

  @ActivateRequestContext
  public String greet(String name) {
    return "hello " + visit.of(name);
  }

  public String greetWithoutContext(String name) {
    return "hello " + visit.of(name);
  }
}
