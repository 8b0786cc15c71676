import type { DoctorFix } from '@holdfast/contract/api';
import { Eye, Hand, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#design/badge.tsx';
import { RISK_WORDS, SAVES } from './fix-view.ts';

const ICONS = { none: Eye, reversible: Undo2, guided: Hand, destructive: TriangleAlert };

/** How much a fix risks. */
export function RiskBadge({ code, risk }: Pick<DoctorFix, 'code' | 'risk'>): ReactNode {
  const { word, tone } = code === 'back-up-here' ? SAVES : RISK_WORDS[risk];
  const Icon = ICONS[risk];
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}
