import { App } from './app';
import { byId } from './dom';
import { showLegend } from './legend';

// The legend first: the map makes room for it.
showLegend(byId<HTMLDetailsElement>('legend'));
new App().start();
