const REASONS = {
  TRIMMED: 'more has come meanwhile than the server keeps.',
  TOO_FAR: 'more has come meanwhile than the server sends at once.',
  UNKNOWN: 'the server was restarted, or has forgotten what there was.',
  ROLLED_BACK: 'the server has lost the latest.',
};

/** @param {string} reason as the server names it */
export function whyLost(reason) {
  return REASONS[reason] ?? 'the server does not have it any more.';
}
