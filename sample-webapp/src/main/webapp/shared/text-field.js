/**
 * Sends what is typed, on Enter and with the form's button.
 *
 * @param {(text: string) => boolean} send says whether it was sent; only then the field is emptied
 */
export function sendOnEnter(form, field, send) {
  field.addEventListener('keydown', (event) => {
    // Enter also ends a composition of an input method; that one must not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value !== '' && send(field.value)) {
      field.value = '';
    }
    field.focus();
  });
}
