import { FAMILIES } from '../../radiomics/registry.ts';
import '../tokens.css';
import '../base.css';
import { mount } from 'svelte';
import { createFakeEngine } from './fake-engine.ts';
import App from '../App.svelte';
const engine = createFakeEngine({ families: FAMILIES });
if (location.search === '?stress') {
  const open = engine.open.bind(engine);
  engine.openSample = async (o) => {
    const s = await open([], o);
    const r = s.regions[0]!;
    return { ...s,
      series: Array.from({ length: 60 }, (_, i) => ({ ...s.series[i % 4]!, uid: s.series[i % 4]!.uid + (i < 4 ? '' : '#' + i), description: 'A very long description without any end '.repeat(4) + i })),
      regions: Array.from({ length: 60 }, (_, i) => ({ ...r, id: i < 3 ? 'r' + (i + 1) : 'r1', name: 'Organ at risk with_a_very_long_name_without_breaks_' + 'x'.repeat(60) + i })).slice(0, 3).concat(Array.from({ length: 57 }, (_, i) => ({ ...r, id: 'q' + i, name: 'Organ ' + i }))),
      refused: Array.from({ length: 3000 }, (_, i) => ({ kind: 'not_dicom' as const, file: 'folder/'.repeat(20) + i + '.txt', facts: {} })),
      objects: Array.from({ length: 900 }, (_, i) => ({ kind: i % 2 ? 'sr' : '<b>odd</b>', file: 'x/' + i })),
    };
  };
}
mount(App, { target: document.getElementById('app')!, props: { engine } });
