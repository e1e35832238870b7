/** Words that name a phase of an examination with contrast agent, in the languages of scanners' users. */
const PHASE_WORDS = new Set(
  (
    'pre post pregd postgd native nativ plain unenhanced baseline mask contrast gd gad km ce c ' +
    'arterial art arteriell venous ven venoes portal portovenous pv equilibrium late early delayed delay del ' +
    'hepatobiliary phase ph phases dyn dynamic dynamik run time tp timepoint min mins sec secs s m st nd rd th ' +
    'натив нативная нативный артериальная венозная портальная паренхиматозная отсроченная фаза дин динамика мин сек ' +
    'до после контраст'
  ).split(' '),
);
/** Of these, those that also number plain repetitions. */
const REPEATS = new Set('run time timepoint min mins sec secs мин сек'.split(' '));
/** Chinese names of phases, which stand without spaces. */
const PHASES_ZH =
  /动脉晚期|动脉早期|动脉期|门静脉期|门脉期|静脉期|平衡期|延迟期|肝胆期|平扫|增强|期相|第|期/gu;

export interface DescriptionStem {
  /** What is left of a description when numbers and words of phase are taken away, lower case. */
  readonly stem: string;
  /** A word of phase was there, such as `post` or `arterial`. */
  readonly hasPhase: boolean;
}

/**
 * What the descriptions of the phases of one examination have in common: `t1_vibe_post_3` and `T1 vibe pre` have the stem
 * `t1 vibe`. Numbers that belong to a word (`t1`, `3d`) stay, unless the word is one of phase (`ph3`).
 */
export function descriptionStem(description: string): DescriptionStem {
  let hasPhase = false;
  const kept: string[] = [];
  const plain = description.slice(0, 256).toLowerCase();
  const spaced = plain.replace(PHASES_ZH, () => {
    hasPhase = true;
    return ' ';
  });
  for (const word of spaced.split(/[^\p{L}\p{N}]+/u)) {
    if (word === '' || /^\d+$/.test(word)) continue;
    const letters = word.replace(/^\d+|\d+$/g, '');
    if (!PHASE_WORDS.has(letters)) kept.push(word);
    // Single letters and endings of ordinals are left out, but prove nothing.
    else if (letters.length > 2 && !REPEATS.has(letters)) hasPhase = true;
  }
  return { stem: kept.join(' '), hasPhase };
}
