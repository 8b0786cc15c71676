import type { CardAction, Run } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { hrefOfAction, runHref } from '#app/addresses.ts';
import { Button, type ButtonLook, LinkButton } from '#design/button.tsx';
import { useToast } from '#design/toast.tsx';

interface ActionButtonProps {
  readonly device: string;
  readonly button: { readonly label: string; readonly action: CardAction };
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** What it is about, for those who hear the button alone. */
  readonly about: string;
}

/** The one button of a card. What begins a run goes to it; a backup begins at once, by the rules of its device. */
export function ActionButton({
  device,
  button,
  look = 'main',
  icon,
  disabled = false,
  about,
}: ActionButtonProps): ReactNode {
  const { label, action } = button;
  const [, go] = useLocation();
  const toast = useToast();
  const startRun = useOperation('startRun', ['home', 'runs']);
  const resumeRun = useOperation('resumeRun', ['home', 'runs', 'run']);
  const turnOn = useOperation('setBackupOn', ['home', 'device']);
  const href = hrefOfAction(device, action);
  if (action.kind === 'none') return null;
  if (href !== undefined)
    return (
      <LinkButton look={look} href={href} aria-label={`${label}: ${about}`}>
        {label}
      </LinkButton>
    );

  // The promise, and not what `mutate` is told: where the page hears of the run first, this button is gone by then.
  const watch = (begun: Promise<Run>): void => {
    begun.then((run) => go(runHref(run.id)), toast.complain);
  };
  const press = (): void => {
    switch (action.kind) {
      case 'back-up':
        watch(startRun.mutateAsync({ body: { kind: 'backup', device } }));
        return;
      case 'resume-run':
        watch(resumeRun.mutateAsync({ params: { run: action.run } }));
        return;
      case 'turn-on':
        turnOn.mutate(
          { params: { device }, body: { isOn: true } },
          { onSuccess: () => toast.say('Backup is on.'), onError: toast.complain },
        );
        return;
      default:
    }
  };
  return (
    <Button
      look={look}
      icon={icon}
      disabled={disabled}
      onClick={press}
      aria-label={`${label}: ${about}`}
      working={(startRun.isPending || resumeRun.isPending || turnOn.isPending) && 'One moment…'}
    >
      {label}
    </Button>
  );
}
