import { FolderPlus, Wifi } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { later } from '#design/later.tsx';
import { Columns, Row, Stack } from '#design/layout.tsx';
import { Alerts } from './alerts.tsx';
import { DeviceCard } from './device-card.tsx';
import { FirstRun } from './first-run.tsx';
import { StoreCard } from './store-card.tsx';
import { Strangers } from './strangers.tsx';
import { Verdict } from './verdict.tsx';

const PairDialog = later(async () => (await import('./pair-dialog.tsx')).PairDialog);
const FolderDialog = later(async () => (await import('./folder-dialog.tsx')).FolderDialog);

/** The first screen: is everything safe, and how is each device? */
export function HomeScreen(): ReactNode {
  const home = useAnswer('home');
  const [adding, setAdding] = useState<'phone' | 'folder' | undefined>();
  const close = (): void => setAdding(undefined);
  const add = (
    <Row>
      <Button icon={<Wifi size={18} />} onClick={() => setAdding('phone')}>
        Add a phone over Wi-Fi
      </Button>
      <Button icon={<FolderPlus size={18} />} onClick={() => setAdding('folder')}>
        Add a folder
      </Button>
    </Row>
  );
  return (
    <>
      <Answered of={home} words="Looking how your devices are…" lines={6}>
        {({ verdict, cards, strangers, alerts, store }) =>
          cards.length === 0 && verdict.kind === 'empty' ? (
            <FirstRun strangers={strangers} alerts={alerts} add={add} />
          ) : (
            <Stack>
              <Verdict verdict={verdict} />
              <Alerts alerts={alerts} />
              <Strangers strangers={strangers} />
              <Columns>
                {cards.map((card) => (
                  <DeviceCard key={card.device.id} card={card} />
                ))}
              </Columns>
              <StoreCard store={store} isAway={alerts.some(({ id }) => id === 'store-missing')} />
              {add}
            </Stack>
          )
        }
      </Answered>
      {adding === 'phone' && <PairDialog onClose={close} />}
      {adding === 'folder' && <FolderDialog onClose={close} />}
    </>
  );
}
