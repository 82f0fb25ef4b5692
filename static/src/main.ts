import { App } from './app';
import { byId } from './dom';
import { showLegend } from './legend';

new App().start();
showLegend(byId<HTMLDetailsElement>('legend'));
