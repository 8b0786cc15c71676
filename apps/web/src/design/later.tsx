import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component whose code comes when it is first wanted. */
export interface Later<Props> {
  (props: Props): ReactNode;
  /** Fetches the code now: somebody will want it in a moment. What goes wrong is told when it is shown. */
  readonly ask: () => void;
}

/**
 * Gives a component whose code is fetched when it is first shown; `meanwhile` stands in its place. In place of React's `lazy`, which keeps what stood
 * in its place for 300 ms, also when the code is there after ten. That the code did not come is thrown where it is shown; shown anew, it is fetched anew.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): Later<Props> {
  let here: ComponentType<Props> | undefined;
  let coming: Promise<ComponentType<Props>> | undefined;
  const come = (): Promise<ComponentType<Props>> => {
    coming ??= load().then(
      (component) => {
        here = component;
        return component;
      },
      (error: unknown) => {
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };
  const Shown = (props: Props): ReactNode => {
    const [Component, setComponent] = useState(() => here);
    const [trouble, setTrouble] = useState<{ readonly cause: unknown }>();
    useEffect(() => {
      let isGone = false;
      come().then(
        (component) => isGone || setComponent(() => component),
        (cause: unknown) => isGone || setTrouble({ cause }),
      );
      return () => {
        isGone = true;
      };
    }, []);
    if (trouble !== undefined) throw asError(trouble.cause);
    return Component === undefined ? meanwhile : <Component {...props} />;
  };
  return Object.assign(Shown, { ask: () => void come().catch(() => {}) });
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));
