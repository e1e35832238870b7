import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import type { Engine } from '../engine/api.ts';
import { createPageEngine } from '../engine/page.ts';
import App from './App.svelte';
import { locale } from './i18n/language.svelte.ts';
import { markMoment } from './state/marks.ts';
import { prepare } from './shell/prepare.ts';

declare global {
  interface Window {
    /** The engine, for scripting the page: see docs. */
    kinetex: Engine;
  }
}

// No policy stops WebRTC where headers are missing; the page has no use for it (defence in depth, not a wall).
Reflect.deleteProperty(window, 'RTCPeerConnection');
const engine = createPageEngine();
window.kinetex = engine;
void locale.start().then(() => {
  mount(App, { target: document.getElementById('app')!, props: { engine } });
  markMoment('page-ready');
  prepare(engine);
});
