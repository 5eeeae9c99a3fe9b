// What the pages use of the editor and of Yjs. One bundle, since both must share one copy of Yjs.

export { standardKeymap } from '@codemirror/commands';
export { EditorState, Transaction } from '@codemirror/state';
export { EditorView, keymap, placeholder } from '@codemirror/view';
export { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
export { Doc, applyUpdate, encodeStateAsUpdate } from 'yjs';
