package com.example.recipes;

import java.io.Serializable;
import java.util.List;

/** What an HTTP session holds. */
public record Cart(List<String> articles) implements Serializable {}
