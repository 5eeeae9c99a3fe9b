import {
  EditorState,
  EditorView,
  Transaction,
  keymap,
  placeholder,
  standardKeymap,
  yCollab,
  yUndoManagerKeymap,
} from '../shared/vendor/editor.js';

/** Even if each takes three bytes, a message holds as many, and as much again of what was deleted. */
export const MOST_CHARACTERS = 2_000_000;

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', fontSize: '1rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { padding: '0.9rem 0', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-placeholder': { color: 'var(--muted)' },
});

/**
 * Shows a text of Yjs in an element, to be edited. Stands in a shadow tree: there CodeMirror uses
 * style sheets that are made by script, where in a page it would insert a `<style>`, which the
 * content security policy forbids.
 *
 * @param {HTMLElement} place
 * @param text of Yjs
 * @param {(isTooLong: boolean) => void} edited hears of each change that is made here, and whether it
 *     would make the text too long and is not made
 */
export function showEditor(place, text, edited) {
  const root = place.attachShadow({ mode: 'open' });
  const withinLimit = EditorState.changeFilter.of((transaction) => {
    if (!transaction.docChanged || !transaction.annotation(Transaction.userEvent)) {
      return true;
    }
    const { length } = transaction.newDoc;
    const isTooLong = length > MOST_CHARACTERS && length > transaction.startState.doc.length;
    edited(isTooLong);
    return !isTooLong;
  });
  const state = EditorState.create({
    doc: text.toString(),
    extensions: [
      keymap.of([...yUndoManagerKeymap, ...standardKeymap]),
      yCollab(text, null),
      withinLimit,
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Shared text' }),
      placeholder('Write here. Everyone who has this page open sees it.'),
    ],
  });
  return new EditorView({ state, root, parent: root });
}
