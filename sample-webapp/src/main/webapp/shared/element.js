/**
 * An element with a class and text. Text from the network gets into a page in this way and in no
 * other, so markup in it stays text.
 */
export function element(name, className = '', text = undefined) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** What stands in the page's `<template id=…>`, to be used once more. */
export function cloneTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
