import { at, polygon } from './brush.ts';
import type { Point, Shape } from './brush.ts';
import type { Ground } from './ground.ts';

/** A hung cloth before the sky: folds engraved from top to hem, the land in sight below it. */
export function veil({ width, horizon, unit }: Ground): Shape[] {
  const hem = (x: number) => horizon - unit * (1.5 + 1.2 * Math.sin((x / width) * Math.PI * 14));
  const edge: Point[] = Array.from({ length: 57 }, (_, i): Point => [(i / 56) * width, hem((i / 56) * width)]);
  let folds = '';
  let deep = '';
  const gap = unit * 1.25;
  const count = Math.ceil(width / gap);
  for (let i = 0; i <= count; i += 1) {
    // Lines crowd where the cloth turns away and part where it faces us.
    const x = i * gap;
    const phase = (x / width) * Math.PI * 14;
    const turned = x + Math.cos(phase) * unit * 2.6;
    const sway = Math.sin(phase * 0.5) * unit * 1.4;
    const path = `M${at(turned, -unit)}C${at(turned + sway, horizon * 0.35)} ${at(turned - sway, horizon * 0.65)} ${at(turned, hem(turned))}`;
    if (Math.sin(phase) < -0.2) deep += path;
    else folds += path;
  }
  return [
    { d: polygon([[0, -unit * 2], [width, -unit * 2], ...edge.reverse()]), fill: 'veil-tint' },
    { d: folds, stroke: 'veil', width: unit * 0.18 },
    { d: deep, stroke: 'veil', width: unit * 0.36 },
    { d: `M${edge.map(([x, y]) => at(x, y)).join('L')}`, stroke: 'veil', width: unit * 0.6 },
  ];
}
