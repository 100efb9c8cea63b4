# Trains scikit-learn's and xgboost's models on one table and writes their scores, for risk-quality.
import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    IsolationForest,
    RandomForestClassifier,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from xgboost import XGBClassifier


def encoded(train, test):
    """Numbers as they are, dates as hour and weekday, categories one-hot (the 40 commonest)."""
    columns, tests, names = [], [], []
    for name in train.columns:
        one, other = train[name], test[name]
        if one.dtype == object:
            moment = pd.to_datetime(one, errors="coerce", format="%Y-%m-%d %H:%M:%S")
            if moment.notna().mean() > 0.9:
                later = pd.to_datetime(other, errors="coerce")
                for part in ("hour", "dayofweek"):
                    columns.append(getattr(moment.dt, part).to_numpy(float))
                    tests.append(getattr(later.dt, part).to_numpy(float))
                    names.append(name + part)
                continue
            for level in one.value_counts().index[:40]:
                columns.append((one == level).to_numpy(float))
                tests.append((other == level).to_numpy(float))
                names.append(f"{name}={level}")
            if one.isna().any():
                columns.append(one.isna().to_numpy(float))
                tests.append(other.isna().to_numpy(float))
                names.append(f"{name} missing")
            continue
        columns.append(pd.to_numeric(one, errors="coerce").to_numpy(float))
        tests.append(pd.to_numeric(other, errors="coerce").to_numpy(float))
        names.append(name)
    return np.column_stack(columns), np.column_stack(tests)


def models():
    filled = lambda model: make_pipeline(SimpleImputer(strategy="median"), model)
    seed = dict(random_state=7)
    return {
        "logistic": make_pipeline(
            SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(max_iter=1000)
        ),
        "isolation-forest": filled(IsolationForest(n_estimators=100, n_jobs=1, **seed)),
        "random-forest": filled(RandomForestClassifier(n_estimators=200, n_jobs=1, **seed)),
        "gradient-boosting-d3": filled(GradientBoostingClassifier(n_estimators=100, **seed)),
        "hist-gradient-boosting": HistGradientBoostingClassifier(
            max_iter=100, early_stopping=False, **seed
        ),
        "xgboost": XGBClassifier(
            n_estimators=100, tree_method="hist", n_jobs=1, eval_metric="logloss", **seed
        ),
    }


def main():
    train_file, test_file, label, drop, out, wanted = sys.argv[1:7]
    train, test = pd.read_csv(train_file), pd.read_csv(test_file)
    gone = [name for name in drop.split(",") if name]
    train, test = train[train[label].isin([0, 1])], test[test[label].isin([0, 1])]
    y, truth = train[label].to_numpy(int), test[label].to_numpy(int)
    x, z = encoded(train.drop(columns=gone + [label]), test.drop(columns=gone + [label]))
    answer = {"truth": truth.tolist(), "columns": x.shape[1], "models": {}}
    for name, model in models().items():
        if wanted != "all" and name not in wanted.split(","):
            continue
        start = time.process_time()
        model.fit(x, y)
        fit = time.process_time() - start
        if name == "isolation-forest":
            scores = -model.score_samples(z)
        else:
            scores = model.predict_proba(z)[:, 1]
        answer["models"][name] = {"fitCpuSeconds": fit, "scores": [float(s) for s in scores]}
    with open(out, "w") as file:
        json.dump(answer, file)


main()
