import type { Card, DoctorFix, DoctorReport } from '@holdfast/contract/api';
import { RefreshCw } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { isServerGone, problemOf } from '#api/problem.ts';
import { Button } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { Notice, ProblemNotice } from '#design/notice.tsx';
import { Asking } from './asking.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { FixHistory } from './fix-history.tsx';
import { FixList } from './fix-list.tsx';
import { fixAfter } from './fix-view.ts';
import { IphoneGuide } from './iphone-guide.tsx';
import styles from './report.module.css';
import { RescueCard } from './rescue-card.tsx';
import { SkippedFiles } from './skipped-files.tsx';
import { StandingOut } from './standing-out.tsx';
import { Unplugged } from './unplugged.tsx';
import { useReport, useScreenReading } from './use-report.ts';
import { Verdict } from './verdict.tsx';
import { afterHelp, verdictWords } from './words.ts';

/** Why Google Photos on a phone is not backing up, and what helps. */
export function PhoneDoctor({ device }: { readonly device: Card['device'] }): ReactNode {
  return device.kind === 'iphone' ? (
    <IphoneGuide />
  ) : (
    <AndroidDoctor device={device.id} name={showText(device.name)} />
  );
}

interface AndroidDoctorProps {
  readonly device: string;
  readonly name: string;
}

function AndroidDoctor({ device, name }: AndroidDoctorProps): ReactNode {
  const asked = useReport(device);
  const history = useAnswer('fixRecords', { params: { device } });
  const [fix, setFix] = useState<DoctorFix>();
  const { data: report, error, isFetching, refetch } = asked;
  const top = useRef<HTMLDivElement>(null);
  const toTop = useCallback(() => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'center' });
  }, []);
  const askAgain = useCallback(() => {
    toTop();
    void refetch();
  }, [refetch, toTop]);
  const readScreen = useScreenReading(device);
  const readAll = useCallback(() => {
    toTop();
    readScreen();
  }, [readScreen, toTop]);
  const isOpen = useRef(false);
  const isOld = useRef(false);
  const openFix = useCallback((wanted: DoctorFix) => {
    isOpen.current = true;
    setFix(wanted);
  }, []);
  // What is read is as it was before the fix: the phone is asked again once nobody reads what came of it.
  const changed = useCallback(() => {
    if (isOpen.current) isOld.current = true;
    else askAgain();
  }, [askAgain]);
  const closeFix = useCallback(() => {
    isOpen.current = false;
    setFix(undefined);
    if (!isOld.current) return;
    isOld.current = false;
    askAgain();
  }, [askAgain]);
  const records = history.data?.records ?? [];
  const cutOff = records.filter(({ state, canBeUndone }) => state.kind === 'begun' && canBeUndone);
  return (
    <Stack gap="loose">
      {/* The button that asks again goes away while it is asked: whoever pressed it stays here. */}
      <div ref={top} tabIndex={-1} className={styles.top}>
        {isFetching && <Asking device={device} name={name} />}
        {report !== undefined && !isFetching && (
          <Verdict
            {...verdictWords(report)}
            sentence={report.verdict.sentence}
            at={report.at}
            button={
              <Button icon={<RefreshCw size={18} aria-hidden="true" />} onClick={askAgain}>
                Ask the phone again
              </Button>
            }
          />
        )}
      </div>
      {!isFetching && error !== null && !isServerGone(error) && (
        <ProblemNotice
          problem={problemOf(error)}
          buttons={<Button onClick={askAgain}>Ask the phone again</Button>}
        />
      )}
      {cutOff.map(({ id, title }) => (
        <Notice key={id} tone="wait" title={`“${title}” was cut off.`}>
          Part of it may be done. It can be undone below, in “What was done”.
        </Notice>
      ))}
      {report !== undefined && (
        <Report report={report} onFix={openFix} onReadScreen={isFetching ? undefined : readAll} />
      )}
      <FixHistory device={device} records={records} onChanged={askAgain} />
      {report !== undefined && <EvidenceList evidence={report.evidence} />}
      {(report !== undefined || error !== null) && (
        <RescueCard device={device} notRescued={report?.notRescued} />
      )}
      {fix !== undefined && (
        <FixDialog
          key={fix.code}
          device={device}
          fix={fix}
          next={report && fixAfter(fix.code, report, records)}
          onNext={openFix}
          onChanged={changed}
          onClose={closeFix}
        />
      )}
    </Stack>
  );
}

interface ReportProps {
  readonly report: DoctorReport;
  readonly onFix: (fix: DoctorFix) => void;
  /** Absent while the phone is asked. */
  readonly onReadScreen: (() => void) | undefined;
}

function Report({ report, onFix, onReadScreen }: ReportProps): ReactNode {
  const helped = report.fixes.find(({ code }) => code === report.helped);
  return (
    <>
      <StandingOut report={report} onFix={onFix} />
      <SkippedFiles report={report} />
      {helped !== undefined && (
        <Notice tone="good" title={`It moved after “${helped.title}”.`}>
          {afterHelp(report)}
        </Notice>
      )}
      <FixList fixes={report.fixes} next={report.next} onFix={onFix} />
      {report.leftOut.map((sentence) => (
        <Notice
          key={sentence}
          tone="idle"
          title="Not everything was looked at."
          {...(report.isScreenLeft && {
            buttons: (
              <Button onClick={onReadScreen} disabled={onReadScreen === undefined}>
                Read the screen all the same
              </Button>
            ),
          })}
        >
          <Stack gap="tight">
            <p>{sentence}</p>
            {report.isScreenLeft && (
              <p>
                Or have it read all the same, if nobody needs the screen reader just now: it falls silent for
                some seconds and comes back by itself. Nothing is tapped. Open Google Photos before.
              </p>
            )}
          </Stack>
        </Notice>
      ))}
      <Unplugged sentences={report.unplugged} />
    </>
  );
}
