package com.example.recipes;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Begins a session, as a page of the shop does. */
@WebServlet("/shop")
public class ShopServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    request.getSession().setAttribute("cart", new Cart(List.of("tea", "jam")));
  }
}
