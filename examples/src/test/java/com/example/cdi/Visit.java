package com.example.cdi;

import jakarta.enterprise.context.RequestScoped;

/** Lives for one request, or for one call of a method with its context. */
@RequestScoped
public class Visit {

  private int visits;

  public String of(String name) {
    visits++;
    return name + ", visit " + visits;
  }
}
