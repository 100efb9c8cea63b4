// The models over time as plots: stopped and real by day, precision and recall, reliability, importance, drift.
import type { RiskOverview } from '#contract/risk.ts';
import { Empty } from '../../parts/Notice.tsx';
import { CurvePlot, DayPlot, ShareBars } from '../../parts/Plot.tsx';
import { counted } from '../../parts/words.ts';
import styles from './risk.module.css';

const shown = 8;

export function ModelPlots(props: { overview: RiskOverview }) {
  const { overview } = props;
  const { days, precisionRecall, reliability, importance, drift, supervisors } = overview;
  const stopped = days.reduce((sum, day) => sum + day.stopped, 0);
  const real = days.reduce((sum, day) => sum + day.real, 0);
  return (
    <div className={styles.plots}>
      <section>
        <h3>Stopped, and real among them</h3>
        {days.length === 0 ? (
          <Empty>Nothing was judged by a model yet.</Empty>
        ) : (
          <DayPlot
            xLabel="business date"
            yLabel="stopped"
            caption={`${stopped} stopped in ${counted(days.length, 'day')}, ${real} of them real`}
            days={days.map((day) => ({ label: day.date, all: day.stopped, part: day.real }))}
          />
        )}
      </section>
      <section>
        <h3>Decisions, and by rules alone</h3>
        {days.length === 0 ? (
          <Empty>Nothing was judged by a model yet.</Empty>
        ) : (
          <DayPlot
            xLabel="business date"
            yLabel="decisions"
            caption={`${days.reduce((sum, day) => sum + day.alone, 0)} decided by the rules alone`}
            days={days.map((day) => ({ label: day.date, all: day.decisions, part: day.alone }))}
          />
        )}
      </section>
      <section>
        <h3>Precision by recall</h3>
        {precisionRecall.length === 0 ? (
          <Empty>Drawn after the first training.</Empty>
        ) : (
          <CurvePlot
            xLabel="recall"
            yLabel="precision"
            caption="newest model, on later time it had not seen"
            points={precisionRecall}
          />
        )}
      </section>
      <section>
        <h3>What was said, and what came</h3>
        {reliability.length === 0 ? (
          <Empty>Drawn after the first training.</Empty>
        ) : (
          <CurvePlot
            xLabel="said"
            yLabel="came"
            caption="on the dashed line a model is as sure as it may be"
            points={reliability}
            hasDiagonal
          />
        )}
      </section>
      <section>
        <h3>What the newest model looks at</h3>
        {importance.length === 0 ? (
          <Empty>Drawn after the first training.</Empty>
        ) : (
          <ShareBars
            label="Importance"
            shares={importance
              .slice(0, shown)
              .map((each) => ({ ...each, text: `${(each.share * 100).toFixed(1)} %` }))}
          />
        )}
      </section>
      <section>
        <h3>
          {supervisors.length > 0 && drift.length === 0 ? 'Whose verdicts stand out' : 'Drift'}
        </h3>
        {drift.length > 0 ? (
          <ShareBars
            label="Drift"
            shares={drift
              .slice(0, shown)
              .map(({ name, psi }) => ({ name, share: psi, text: psi.toFixed(2) }))}
            isWarning={(name) => drift.some((each) => each.name === name && each.psi >= 0.25)}
          />
        ) : supervisors.length > 0 ? (
          <ShareBars
            label="Suspicious verdicts"
            shares={supervisors.map(({ name, suspicious, verdicts }) => ({
              ...{ name, share: suspicious, text: `${suspicious} of ${verdicts}` },
            }))}
            isWarning={(name) => supervisors.some((each) => each.name === name && each.isNamed)}
          />
        ) : (
          <Empty>Reckoned from 100 judged postings on.</Empty>
        )}
      </section>
    </div>
  );
}
