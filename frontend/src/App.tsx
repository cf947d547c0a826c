import { lazy } from 'react';
import { Route, Router, Switch } from 'wouter';

import { base } from './fleet/base';
import { OverviewPage } from './overview/OverviewPage';
import { Lost } from './shell/Lost';
import { Shell } from './shell/Shell';

// All but the overview are fetched when they are asked for.
const AdoptionPage = lazy(() => import('./adoption/AdoptionPage').then((m) => ({ default: m.AdoptionPage })));
const ChangePage = lazy(() => import('./changes/ChangePage').then((m) => ({ default: m.ChangePage })));
const ChangesPage = lazy(() => import('./changes/ChangesPage').then((m) => ({ default: m.ChangesPage })));
const ClaimPage = lazy(() => import('./claims/ClaimPage').then((m) => ({ default: m.ClaimPage })));
const ClaimsPage = lazy(() => import('./claims/ClaimsPage').then((m) => ({ default: m.ClaimsPage })));
const DataPage = lazy(() => import('./data/DataPage').then((m) => ({ default: m.DataPage })));
const DigestPage = lazy(() => import('./digest/DigestPage').then((m) => ({ default: m.DigestPage })));
const NewestDigest = lazy(() => import('./digest/DigestPage').then((m) => ({ default: m.NewestDigest })));
const MistakesPage = lazy(() => import('./mistakes/MistakesPage').then((m) => ({ default: m.MistakesPage })));
const OutagePage = lazy(() => import('./outages/OutagePage').then((m) => ({ default: m.OutagePage })));
const OutagesPage = lazy(() => import('./outages/OutagesPage').then((m) => ({ default: m.OutagesPage })));
const PermissionsPage = lazy(() =>
  import('./permissions/PermissionsPage').then((m) => ({ default: m.PermissionsPage })),
);
const ReviewsPage = lazy(() => import('./reviews/ReviewsPage').then((m) => ({ default: m.ReviewsPage })));
const MetricPage = lazy(() => import('./data/MetricPage').then((m) => ({ default: m.MetricPage })));
const SettingsPage = lazy(() => import('./settings/SettingsPage').then((m) => ({ default: m.SettingsPage })));
const SqlPage = lazy(() => import('./sql/SqlPage').then((m) => ({ default: m.SqlPage })));
const PrivacyPage = lazy(() => import('./privacy/PrivacyPage').then((m) => ({ default: m.PrivacyPage })));
const TeamPage = lazy(() => import('./teams/TeamPage').then((m) => ({ default: m.TeamPage })));
const TeamsPage = lazy(() => import('./teams/TeamsPage').then((m) => ({ default: m.TeamsPage })));

/** All pages, each at its address; the server sends index.html for every address that is no file of its own. */
export function App() {
  return (
    <Router base={base()}>
      <Pages />
    </Router>
  );
}

function Pages() {
  return (
    <Shell>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/adoption" component={AdoptionPage} />
        <Route path="/changes" component={ChangesPage} />
        <Route path="/changes/:id" component={ChangePage} />
        <Route path="/claims" component={ClaimsPage} />
        <Route path="/claims/:id" component={ClaimPage} />
        <Route path="/sql" component={SqlPage} />
        <Route path="/sql/q/:slug" component={SqlPage} />
        <Route path="/mistakes" component={MistakesPage} />
        <Route path="/digest" component={NewestDigest} />
        <Route path="/digest/:week" component={DigestPage} />
        <Route path="/outages" component={OutagesPage} />
        <Route path="/outages/:id" component={OutagePage} />
        <Route path="/permissions" component={PermissionsPage} />
        <Route path="/reviews" component={ReviewsPage} />
        <Route path="/data" component={DataPage} />
        <Route path="/data/m/:metric" component={MetricPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route path="/data/privacy" component={PrivacyPage} />
        <Route path="/teams" component={TeamsPage} />
        <Route path="/teams/:slug" component={TeamPage} />
        <Route component={Lost} />
      </Switch>
    </Shell>
  );
}
